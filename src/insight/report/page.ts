// The report as one HTML page that needs nothing but itself: no request, no script.

import { dumbbellChart } from '../../formats/svgDumbbells.ts';
import { xml } from '../../formats/svgParts.ts';
import type { Criterion, SectionResult, Verdict } from '../section.ts';
import type { SectionName } from '../subject.ts';
import { CLAIM_RULE, type JudgedClaim } from '../verdict.ts';
import { figuresOf, SECTION_WORDS } from './figures/table.ts';
import { figureOf, paragraph, tableOf } from './html.ts';
import { criteriaOf, type InsightReport } from './report.ts';
import { STYLE } from './style.ts';
import { CRITERIA_HEADER, criterionRow, MARKS, nameOf, numbersOf, unmeasured } from './words.ts';

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
    `<nav aria-label="Sections">${sections.map(({ kind }) => `<a href="#${kind}">${xml(wordsOf(kind).title)}</a>`).join('')}</nav>`,
    '<section id="verdict">',
    '<h2>The verdict</h2>',
    paragraph(
      `${CLAIM_RULE} Each criterion was judged by its rule, which stands with it below: a constant of the program, the same for every agent.`,
    ),
    ...(criteria.length > 0 ? [verdictOf(criteria)] : []),
    '</section>',
    ...sections.map((section) => sectionOf(section, agent.levels)),
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

/** As a whole sentence. */
const sentence = (words: string): string =>
  `${words.charAt(0).toUpperCase()}${words.slice(1)}${words.endsWith('.') ? '' : '.'}`;

/** On what a claim stands or falls. */
function why({ against, by, open, verdict }: JudgedClaim): string {
  if (verdict === 'met') return `Rests on ${by.join(', ')}.`;
  return verdict === 'not met' ? `Fails ${against.join(', ')}.` : `Open: ${open.join(', ')}.`;
}

/** The one table, and its picture. */
function verdictOf(all: readonly Criterion[]): string {
  const criteria = all.filter(({ number }) => number !== null);
  const left = unmeasured(all);
  const figure = figureOf({
    svg: verdictChart(criteria, 'Number and strongest control', 348),
    caption:
      'Every criterion that was measured: the agent’s number with its 95 % interval, and the strongest control. What counts is the distance between the two.',
  });
  const table = tableOf({ caption: 'Every criterion', header: CRITERIA_HEADER, rows: criteria.map(criterionRow) });
  const rest = left === '' ? '' : paragraph(`Not measured: ${left}.`, 'faint');
  return `<div class="verdict">\n${figure}\n<div class="card">${table}${rest}</div>\n</div>`;
}

/** @param width pixels. */
const verdictChart = (criteria: readonly Criterion[], title: string, width: number): string =>
  dumbbellChart({
    title,
    xLabel: 'share, or as the criterion says',
    names: { value: 'agent', control: 'strongest control' },
    width,
    xDomain: [lowest(criteria), 1],
    rows: criteria.map((one) => ({
      name: nameOf(one),
      note: `${MARKS[one.verdict]} ${one.verdict}`,
      value: one.number,
      interval: one.interval,
      control: one.control.number,
    })),
  });

/** In tenths, from 0 down. */
const lowest = (criteria: readonly Criterion[]): number =>
  Math.floor(
    10 *
      Math.min(
        0,
        ...criteria.flatMap(({ control, interval, number }) => [number ?? 0, interval?.low ?? 0, control.number ?? 0]),
      ),
  ) / 10;

/** The criteria that were measured and that a claim rests on, as one picture for a page of one's own. */
export function pictureOf({ agent, claims, sections }: InsightReport): string {
  const named = new Set(
    claims.flatMap(({ needs }) =>
      'eachOf' in needs
        ? sections.flatMap(({ criteria, kind }) => (kind === needs.eachOf ? criteria.map(({ id }) => id) : []))
        : needs.flat(),
    ),
  );
  const criteria = criteriaOf({ sections }).filter(({ id, number }) => named.has(id) && number !== null);
  return verdictChart(
    criteria,
    `Is it planning? ${agent.task}, ${agent.preset}, update ${agent.update.toLocaleString('en-US')}`,
    720,
  );
}

function sectionOf(section: SectionResult, levels: readonly string[]): string {
  const { about, title } = wordsOf(section.kind);
  const figures = figuresOf(section, levels);
  return [
    `<section id="${section.kind}">`,
    `<h2>${xml(title)}</h2>`,
    paragraph(about),
    criteriaList(section.criteria),
    ...(figures.length > 0 ? [`<div class="figures">\n${figures.map(figureOf).join('\n')}\n</div>`] : []),
    '</section>',
  ].join('\n');
}

const wordsOf = (kind: string) => SECTION_WORDS[kind as SectionName];

function criteriaList(criteria: readonly Criterion[]): string {
  if (criteria.length === 0) return '';
  const item = (one: Criterion) =>
    [
      `<li id="criterion-${xml(one.id)}"><p><strong>${xml(one.question)}</strong></p>${badge(one.verdict)}`,
      paragraph(numbersOf(one), 'numbers'),
      `<details><summary>${xml(one.id)}: the rule</summary>${paragraph(sentence(one.rule))}</details>`,
      '</li>',
    ].join('\n');
  return `<ol class="criteria">\n${criteria.map(item).join('\n')}\n</ol>`;
}
