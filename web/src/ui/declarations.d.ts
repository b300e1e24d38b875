// What the bundler gives beside code.

declare module '*.css';

interface ImportMeta {
  readonly env: {
    /** Of the library. */
    readonly VERSION: string;
  };
}
