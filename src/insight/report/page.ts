// The report as one HTML page that needs nothing but itself: no request, no script.

import { dumbbellChart } from '../../formats/svgDumbbells.ts';
import { xml } from '../../formats/svgParts.ts';
import type { Criterion, Verdict } from '../section.ts';
import { CLAIM_RULE, type JudgedClaim } from '../verdict.ts';
import { figuresOf, SECTION_WORDS } from './figures/table.ts';
import { figureOf, paragraph, tableOf } from './html.ts';
import { type AskedSection, criteriaOf, type InsightReport } from './report.ts';
import { STYLE } from './style.ts';
import { CRITERIA_HEADER, criterionRow, MARKS, nameOf, numbersOf } from './words.ts';

/** @param command that makes the page again: `npx innerloop insight runs/…`. */
export function pageOf(report: InsightReport, command: string): string {
  const { agent, claims, sections, seed, summary } = report;
  const title = `Is it planning? ${agent.task}, ${agent.preset}, update ${agent.update}`;
  const criteria = criteriaOf(report);
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    // Says to the browser what the page promises: nothing is fetched and nothing runs.
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">`,
    '<link rel="icon" href="data:,">',
    `<title>${xml(title)}</title>`,
    `<style>${STYLE}</style>`,
    '</head>',
    '<body>',
    '<main>',
    '<h1>Is it planning?</h1>',
    paragraph(subtitle(report), 'faint'),
    paragraph(summary, 'summary'),
    claimCards(claims),
    `<nav aria-label="Sections">${sections.map(({ section }) => `<a href="#${section}">${xml(SECTION_WORDS[section].title)}</a>`).join('')}</nav>`,
    '<section id="verdict">',
    '<h2>The verdict</h2>',
    paragraph(
      `${CLAIM_RULE} Each criterion was judged by its rule, which stands with it below and was written down before anything was measured.`,
    ),
    ...(criteria.length > 0 ? [verdictOf(criteria)] : []),
    '</section>',
    ...sections.map(sectionOf),
    '<footer>',
    `<p><code>${xml(command)}</code></p>`,
    paragraph(
      `Parameters ${agent.hash}. Problems and all else that is left to chance: seed ${seed}; the same run and seed give this page to the byte. Its numbers stand in insight.json, states and labels in data.safetensors and data.json beside it.`,
    ),
    '</footer>',
    '</main>',
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function subtitle({ agent, quick }: InsightReport): string {
  const first = quick ? ' A first look, on fewer problems than a whole report.' : '';
  return `${agent.task}, preset ${agent.preset}, training seed ${agent.seed}, after update ${agent.update.toLocaleString('en-US')}. ${agent.title}${first}`;
}

export const badge = (verdict: Verdict): string =>
  `<span class="badge ${verdict.replaceAll(' ', '-')}"><span aria-hidden="true">${MARKS[verdict]}</span> ${verdict}</span>`;

function claimCards(claims: readonly JudgedClaim[]): string {
  const card = (claim: JudgedClaim) =>
    `<li><strong>${xml(claim.name)}</strong>${badge(claim.verdict)}${paragraph(why(claim), 'faint')}</li>`;
  return `<ul class="claims">\n${claims.map(card).join('\n')}\n</ul>`;
}

/** On what a claim stands or falls. */
function why({ against, needs, open, verdict }: JudgedClaim): string {
  if (verdict === 'met') return `Rests on ${needs.join(', ')}.`;
  return verdict === 'not met' ? `Fails ${against.join(', ')}.` : `Open: ${open.join(', ')}.`;
}

/** The one table, and its picture. */
function verdictOf(criteria: readonly Criterion[]): string {
  const figure = figureOf({
    svg: verdictChart(criteria, 348),
    caption:
      'Every criterion: the agent’s number with its 95 % interval, and the strongest control. What counts is the distance between the two.',
  });
  const table = tableOf({ caption: 'Every criterion', header: CRITERIA_HEADER, rows: criteria.map(criterionRow) });
  return `<div class="verdict">\n${figure}\n<div class="card">${table}</div>\n</div>`;
}

/** @param width pixels. */
export const verdictChart = (
  criteria: readonly Criterion[],
  width: number,
  title = 'Number and strongest control',
): string =>
  dumbbellChart({
    title,
    xLabel: 'share, or as the criterion says',
    names: { value: 'agent', control: 'strongest control' },
    width,
    rows: criteria.map((one) => ({
      name: nameOf(one),
      note: `${MARKS[one.verdict]} ${one.verdict}`,
      value: one.number,
      interval: one.interval,
      control: one.control.number,
    })),
  });

function sectionOf({ results, section }: AskedSection): string {
  const { about, title } = SECTION_WORDS[section];
  const figures = results.flatMap(figuresOf);
  return [
    `<section id="${section}">`,
    `<h2>${xml(title)}</h2>`,
    paragraph(about),
    criteriaList(results.flatMap(({ criteria }) => criteria)),
    ...(figures.length > 0 ? [`<div class="figures">\n${figures.map(figureOf).join('\n')}\n</div>`] : []),
    '</section>',
  ].join('\n');
}

function criteriaList(criteria: readonly Criterion[]): string {
  if (criteria.length === 0) return '';
  const item = (one: Criterion) =>
    [
      `<li id="criterion-${xml(one.id)}"><p><strong>${xml(one.question)}</strong></p>${badge(one.verdict)}`,
      paragraph(numbersOf(one), 'numbers'),
      paragraph(`${one.id}. ${one.rule}`, 'rule faint'),
      '</li>',
    ].join('\n');
  return `<ol class="criteria">\n${criteria.map(item).join('\n')}\n</ol>`;
}
