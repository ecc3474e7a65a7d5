import { Get } from '@nestjs/common';
import { DeliveryAdministration } from '../administration/delivery-administration.js';
import { bounded, type Page } from '../http/query-parameters.js';
import type { Realm } from '../realm/realm.js';
import type { JsonObject } from '../shared/json.js';
import { AdminController } from './admin-controller.js';
import { InRealm, PageOf } from './admin-params.js';
import { Needs } from './admin.guard.js';

const LONGEST_PAGE = 1000;

/** Ours: webhooks and logouts that wait or were given up, and why. */
@AdminController('deliveries')
export class DeliveriesAdminController {
  constructor(private readonly deliveries: DeliveryAdministration) {}

  @Get()
  @Needs('viewEvents')
  list(@InRealm() realm: Realm, @PageOf(100) page: Page): Promise<readonly JsonObject[]> {
    return this.deliveries.list(realm, bounded(page, LONGEST_PAGE));
  }
}
