const PATHS = {
  undo: 'M9 7L4 12l5 5M4 12h10a5 5 0 0 1 0 10h-2',
  redo: 'M15 7l5 5-5 5M20 12H10a5 5 0 0 0 0 10h2',
  bullets: 'M9 6h11M9 12h11M9 18h11M4 6h.01M4 12h.01M4 18h.01',
  numbers: 'M10 6h10M10 12h10M10 18h10M4 4.500l1.500-.500v4.500M3.500 15h2.500l-2.500 4h2.500',
  tasks: 'M11 6h9M11 17h9M3.500 6l1.500 1.500L8 4.500M3.500 14.500h4.500v4.500h-4.500z',
  quote: 'M5 6v12M9 7h11M9 12h11M9 17h7',
  history: 'M4 5v4h4M4.500 9a8 8 0 1 1-.500 4M12 8v4.500l3 2',
  columns: 'M4 5h16v14H4zM9.500 5v14M14.500 5v14',
  table: 'M4 5h16v14H4zM4 10h16M10 5v14',
} as const;
export type BoardIconName = keyof typeof PATHS;

/** Line pictures of the list's and the draft's tools; the button around each has its words. */
export function BoardIcon({ name }: { name: BoardIconName }) {
  return (
    <svg
      width={18}
      height={18}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={name === 'bullets' ? 2.2 : 2}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
