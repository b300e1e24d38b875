// How the page looks: one column on a phone, three of small figures on a desk, by day and by night, on paper too.

import { FAINT, GRID, INK } from '../../formats/svgParts.ts';

/** The charts are drawn in fixed colours for pages that are not ours; here those become the page's own. */
const CHARTS = `
svg { width: 100%; height: auto; max-width: 100%; display: block; }
svg [fill="#fff"] { fill: var(--card); }
svg [stroke="#fff"] { stroke: var(--card); }
svg[fill="${INK}"], svg [fill="${INK}"] { fill: var(--ink); }
svg [fill="${FAINT}"] { fill: var(--faint); }
svg [stroke="${FAINT}"] { stroke: var(--faint); }
svg [stroke="${GRID}"] { stroke: var(--line); }
svg [fill="#0072B2"] { fill: var(--blue); }
svg [stroke="#0072B2"] { stroke: var(--blue); }
`;

export const STYLE = `
:root {
  color-scheme: light dark;
  --ground: #f6f7f9; --card: #fff; --ink: #1f2328; --faint: #5a626b; --line: #e1e5ea; --blue: #0072b2;
  --met: #0f6b4f; --met-ground: #dcf3ea; --unmet: #a13c00; --unmet-ground: #fdebdf; --open: #4d5560; --open-ground: #e9ecf0;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #14171b; --card: #1c2026; --ink: #e8eaed; --faint: #a2abb6; --line: #343b44; --blue: #3d9bd6;
    --met: #7fdcb8; --met-ground: #123528; --unmet: #ffb184; --unmet-ground: #43230f; --open: #c2c9d1; --open-ground: #2a3038;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-behavior: smooth; }
body {
  margin: 0; background: var(--ground); color: var(--ink);
  font: 16px/1.55 system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif;
}
main { max-width: 1148px; margin: 0 auto; padding: 28px 20px 72px; }
h1 { font-size: 30px; line-height: 1.2; margin: 0 0 4px; letter-spacing: -.01em; }
h2 { font-size: 21px; margin: 56px 0 6px; letter-spacing: -.005em; }
h3 { font-size: 16px; margin: 26px 0 8px; }
p, li { max-width: 70ch; }
p { margin: 8px 0; }
a { color: var(--blue); }
code { font-size: .9em; overflow-wrap: anywhere; }
.faint, figcaption, caption, footer { color: var(--faint); }
.summary { font-size: 18px; margin: 18px 0; }
nav { margin: 14px 0 0; display: flex; flex-wrap: wrap; gap: 4px 18px; }
nav a { padding: 4px 0; }
.claims { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(190px, 100%), 1fr)); gap: 12px; margin: 22px 0; padding: 0; list-style: none; }
.claims li { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 14px 16px; }
.claims strong { display: block; font-size: 17px; margin-bottom: 6px; }
.claims span + p { margin: 8px 0 0; font-size: 14px; }
.badge { display: inline-block; border-radius: 99px; padding: 1px 10px; font-size: 13px; font-weight: 600; white-space: nowrap; }
.met { color: var(--met); background: var(--met-ground); }
.not-met { color: var(--unmet); background: var(--unmet-ground); }
.cannot-be-told { color: var(--open); background: var(--open-ground); }
.figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(340px, 100%), 1fr)); gap: 16px; margin: 16px 0; align-items: start; }
figure { margin: 0; background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 12px 12px 10px; min-width: 0; }
figure.wide { grid-column: 1 / -1; }
.verdict { display: grid; grid-template-columns: minmax(0, 372px) minmax(0, 1fr); gap: 16px; margin: 16px 0; align-items: start; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 10px 16px 6px; min-width: 0; }
.verdict td:nth-child(2) { white-space: nowrap; }
.verdict td:nth-child(3) { white-space: normal; }
.card tbody th { min-width: 158px; }
figcaption { font-size: 14px; margin-top: 6px; }
details { font-size: 14px; margin-top: 6px; }
summary { cursor: pointer; color: var(--faint); padding: 3px 0; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: 14px; width: 100%; font-variant-numeric: tabular-nums; }
caption { text-align: left; padding: 4px 0 8px; }
th, td { text-align: left; padding: 6px 12px 6px 0; border-top: 1px solid var(--line); vertical-align: top; font-weight: 400; }
thead th { font-weight: 600; border-top: 0; white-space: nowrap; }
.right { text-align: right; white-space: nowrap; }
th:last-child, td:last-child { padding-right: 0; }
ol.criteria { list-style: none; margin: 14px 0; padding: 0; background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
ol.criteria > li { max-width: none; padding: 12px 16px; display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 2px 16px; }
ol.criteria > li + li { border-top: 1px solid var(--line); }
ol.criteria p { margin: 0; max-width: none; }
ol.criteria .numbers { font-variant-numeric: tabular-nums; }
ol.criteria details { grid-column: 1 / -1; margin: 0; font-size: 13.5px; }
ol.criteria .badge { align-self: start; margin-top: 2px; }
footer { overflow-wrap: anywhere; margin-top: 56px; font-size: 14px; border-top: 1px solid var(--line); padding-top: 14px; }
:focus-visible { outline: 2px solid var(--blue); outline-offset: 2px; }
@media (max-width: 860px) { .verdict { grid-template-columns: minmax(0, 1fr); } }
@media (max-width: 480px) {
  ol.criteria > li { grid-template-columns: minmax(0, 1fr); }
  ol.criteria .badge { justify-self: start; margin: 2px 0; }
  main { padding: 20px 15px 56px; }
  h1 { font-size: 25px; }
  .summary { font-size: 17px; }
  figure { padding: 10px 8px 8px; }
}
@media print { figure details { display: none; } body { background: #fff; } figure, .claims li { break-inside: avoid; } }
${CHARTS}`;
