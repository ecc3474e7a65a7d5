import { Get } from '@nestjs/common';
import { DeliveryAdministration } from '../administration/delivery-administration.js';
import type { Realm } from '../realm/realm.js';
import type { JsonObject } from '../shared/json.js';
import { AdminController } from './admin-controller.js';
import { InRealm, PageOf } from './admin-params.js';
import { Needs } from './admin.guard.js';
import type { Page } from './query-parameters.js';

const LONGEST_PAGE = 1000;

/** Ours: webhooks and logouts that wait or were given up, and why. */
@AdminController('deliveries')
export class DeliveriesAdminController {
  constructor(private readonly deliveries: DeliveryAdministration) {}

  @Get()
  @Needs('viewEvents')
  list(@InRealm() realm: Realm, @PageOf(100) { first, max }: Page): Promise<readonly JsonObject[]> {
    return this.deliveries.list(realm, { first, max: max < 0 ? LONGEST_PAGE : Math.min(max, LONGEST_PAGE) });
  }
}
