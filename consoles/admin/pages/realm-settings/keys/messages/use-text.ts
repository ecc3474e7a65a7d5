import { messagesIn } from '../../../../../kit/i18n/messages.js';
import { de } from './de.js';
import { en } from './en.js';
import { es } from './es.js';

/** The words of the keys of a realm. */
export const useText = messagesIn(en, { de, es });
