// What stands on the page in place of a text of ours that a browser or an extension took out.
const standIns = new WeakMap<Node, ChildNode>();

/** The child of `parent` that holds `node`, or what stands in its place. */
function placeOf(parent: Node, node: Node): Node | null {
  let at: Node | null | undefined = parent.contains(node) ? node : standIns.get(node);
  while (at && at.parentNode !== parent) at = at.parentNode;
  return at ?? null;
}

/**
 * Page translation and extensions wrap or replace texts that React holds on to, and React throws the whole page away when one is not
 * where it was. Here it finds what stands in its place: that goes with the text, and shows the text when it changes.
 */
export function bearForeignHands(page: Node): void {
  const { insertBefore, removeChild } = Node.prototype;
  Node.prototype.insertBefore = function <T extends Node>(this: Node, node: T, before: Node | null): T {
    const here = before === null || before.parentNode === this ? before : placeOf(this, before);
    return insertBefore.call(this, node, here) as T;
  };
  Node.prototype.removeChild = function <T extends Node>(this: Node, node: T): T {
    const here = node.parentNode === this ? node : placeOf(this, node);
    if (here) removeChild.call(this, here);
    return node;
  };

  const changes = new MutationObserver((records) => {
    for (const { target } of records) {
      const standIn = standIns.get(target);
      if (standIn?.isConnected && !target.isConnected) standIn.textContent = target.nodeValue;
    }
  });
  const moves = new MutationObserver((records) => {
    for (const { addedNodes, removedNodes, previousSibling, nextSibling } of records) {
      // We ourselves never put an element in the place of a text in one move, and have no <font>.
      const standIn = [...addedNodes, previousSibling, nextSibling].find(
        (node, at) => node instanceof Element && (at < addedNodes.length || node.nodeName === 'FONT'),
      ) as Element | undefined;
      if (!standIn) continue;
      for (const gone of removedNodes) {
        if (gone.nodeType !== Node.TEXT_NODE || gone.isConnected) continue;
        standIns.set(gone, standIn);
        changes.observe(gone, { characterData: true });
      }
    }
  });
  moves.observe(page, { childList: true, subtree: true });
}
