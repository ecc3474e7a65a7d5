import { messagesIn } from '../../../../kit/i18n/messages.js';
import { de } from './de.js';
import { en } from './en.js';
import { es } from './es.js';

export type MessageKey = keyof typeof en;

/** The words of the realm settings. */
export const useText = messagesIn(en, { de, es });
