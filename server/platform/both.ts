/** What the terminal is told: a line in Chinese, then the same in English. */
export const both = (chinese: string, english: string): string => `${chinese}\n${english}`;
