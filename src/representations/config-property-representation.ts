import type { ConfigProperty } from '../engine/index.js';
import type { JsonObject } from '../shared/json.js';
import { present } from './present.js';

/** ConfigPropertyRepresentation: how a console draws a field (Admin API reference 4). */
export const toConfigProperty = (property: Omit<ConfigProperty, 'type'> & { readonly type: string }): JsonObject => {
  const { name, label, helpText, type, defaultValue, options, secret = false, required = false } = property;
  return present({ name, label, helpText, type, defaultValue, options, secret, required, readOnly: false });
};
