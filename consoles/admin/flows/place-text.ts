import { useText } from './messages/use-text.js';
import type { BindingField, Door } from './flow-api.js';

/** Names a place that names a flow: "browser flow of the realm". */
export function usePlaceText(): (field: string, client?: string) => string {
  const t = useText();
  return (field, client) =>
    client === undefined ? t(`place.${field as BindingField}`) : t(`placeOfClient.${field as Door}`, { client });
}
