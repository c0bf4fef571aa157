/** Ids of the places that keys and the first Tab stop lead to. */
export const COMPOSER = 'say-here';
export const STREAM = 'talk';
