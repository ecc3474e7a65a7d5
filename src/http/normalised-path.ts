import { InvalidInputError } from '../shared/errors.js';

/** An empty segment, or one of dots. */
const ODD_SEGMENT = /\/\/|\/(?:\.|%2e){1,2}(?:\/|$)/i;

/** Code of the error below. */
export const UNNORMALISED = 'path_not_normalised';

/**
 * Whether an address is not the shortest way to write it, so that a proxy in between may make another of it.
 * @param url path and query of the request
 */
export const isUnnormalised = (url: string): boolean => ODD_SEGMENT.test(url.replace(/\?.*$/s, ''));

/** What is said to such an address when nothing answers there, in the words of the reference. */
export const unnormalised = (): InvalidInputError => new InvalidInputError(UNNORMALISED, 'Request path not normalized');
