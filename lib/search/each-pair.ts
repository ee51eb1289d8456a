/** Every two members of a list once, in its order. */
export function eachPair<Item>(items: readonly Item[], visit: (a: Item, b: Item) => void): void {
  items.forEach((one, place) => {
    for (let next = place + 1; next < items.length; next++) visit(one, items[next] as Item);
  });
}
