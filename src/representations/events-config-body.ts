import { Flag, TextList, Whole } from './members.js';

/** RealmEventsConfigRepresentation. */
export class EventsConfigBody {
  static readonly representation = 'RealmEventsConfigRepresentation';
  @Flag() eventsEnabled?: boolean;
  @Whole() eventsExpiration?: number;
  @TextList() eventsListeners?: string[];
  @TextList() enabledEventTypes?: string[];
  @Flag() adminEventsEnabled?: boolean;
  @Flag() adminEventsDetailsEnabled?: boolean;
}
