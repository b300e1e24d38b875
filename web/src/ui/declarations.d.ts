// What the bundler gives beside code.

declare module '*.css';

interface ImportMeta {
  readonly env: {
    readonly PROD: boolean;
    /** Of the library. */
    readonly VERSION: string;
  };
}
