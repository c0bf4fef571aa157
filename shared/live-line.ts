/**
 * Told to the oldest page of somebody who has opened more than the server keeps for one person, right before its line is ended. It
 * does not come back by itself, or two pages would push each other out for ever.
 */
export const LINE_REPLACED = 'line:replaced';
/** The same for a document: the code that its socket is closed with. */
export const DOCUMENT_REPLACED = 4429;
