import { messagesIn } from '../../../kit/i18n/messages.js';
import { de } from './de.js';
import { en } from './en.js';
import { es } from './es.js';

/** The words of lists of sessions, which several areas show. */
export const useText = messagesIn(en, { de, es });

/** Whether there are words under this key: settings and reasons come from the server, which may be newer. */
export const isKey = (key: string): key is keyof typeof en => Object.hasOwn(en, key);
