import { messagesIn } from '../../../../kit/i18n/messages.js';
import { de } from './de.js';
import { en } from './en.js';
import { es } from './es.js';

/** The words of the pages of users. */
export const useText = messagesIn(en, { de, es });

/** Whether there are words under this key: names of actions and attributes come from the server. */
export const isKey = (key: string): key is keyof typeof en => Object.hasOwn(en, key);
