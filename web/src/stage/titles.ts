// What problems are called: what is asked stands first, and a graph is not written out.

interface Way {
  readonly from: string;
  readonly to: string;
  readonly links: readonly { readonly from: string; readonly to: string; readonly price: number }[];
  /** Whether some links may fail, so that no way has one price. */
  readonly risky: boolean;
}

/** `A>B 3, B>C 2 25%: A>C`; nothing of other tasks' problems. */
function wayOf(text: string): Way | undefined {
  const [, list, from, to] = /^(.+): ([A-J])>([A-J])$/.exec(text) ?? [];
  if (list === undefined) return undefined;
  const links = [...list.matchAll(/([A-J])>([A-J])\s+(\d)/g)].map(([, from, to, price]) => ({
    from: from!,
    to: to!,
    price: Number(price),
  }));
  return { from: from!, to: to!, links, risky: list.includes('%') };
}

/** Price of the cheapest way (Bellman and Ford), or infinity. */
function cheapest({ from, links, to }: Way): number {
  const prices = new Map([[from, 0]]);
  for (let round = 0; round < links.length; round++) {
    for (const link of links) {
      const price = (prices.get(link.from) ?? Number.POSITIVE_INFINITY) + link.price;
      if (price < (prices.get(link.to) ?? Number.POSITIVE_INFINITY)) prices.set(link.to, price);
    }
  }
  return prices.get(to) ?? Number.POSITIVE_INFINITY;
}

/** `I → H, 20 links, cheapest 9`; other problems as their tasks describe them. */
export function titleOf(text: string): string {
  const way = wayOf(text);
  if (!way) return text;
  const { from, links, risky, to } = way;
  const price = risky ? Number.POSITIVE_INFINITY : cheapest(way);
  return `${from} → ${to}, ${links.length} ${links.length === 1 ? 'link' : 'links'}${Number.isFinite(price) ? `, cheapest ${price}` : ''}`;
}
