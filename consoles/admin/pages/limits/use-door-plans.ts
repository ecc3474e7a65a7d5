import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useRealmApi, useRealmName } from '../../admin-context.js';
import type { Execution, StepConfig } from '../../flows/flow-api.js';
import { flowPath, useBindings, useFlows } from '../../flows/flow-queries.js';
import { planDoor, presentFlow, type DoorPlan, type LimitWishes } from './limit-plan.js';
import { capsOf, type Caps } from './limiter-values.js';

/** What would be done at a door, with what holds there now. */
export interface PlannedDoor extends DoorPlan {
  /** Absent where the flow has no limiter, or one without settings. */
  readonly caps?: Caps;
}

/** What would be done now, at each door. */
export function useDoorPlans(wishes: LimitWishes): UseQueryResult<readonly PlannedDoor[]> {
  const api = useRealmApi();
  const realm = useRealmName();
  const bindings = useBindings().data;
  const flows = useFlows().data;
  return useQuery({
    queryKey: ['flows', realm, 'plans', wishes, bindings, flows?.map(({ id }) => id)],
    enabled: bindings !== undefined && flows !== undefined,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }): Promise<readonly PlannedDoor[]> => {
      const plans: PlannedDoor[] = [];
      for (const door of wishes.doors) {
        const from = presentFlow(door, wishes, bindings ?? {}, flows ?? []);
        if (!from) continue;
        const rows = await api.get<readonly Execution[]>(`${flowPath(from.alias)}/executions`, {}, signal);
        const plan = planDoor(door, wishes, from, rows, flows ?? []);
        const id = plan.present?.authenticationConfig;
        const saved = id && (await api.get<StepConfig>(`/authentication/config/${id}`, {}, signal));
        plans.push({ ...plan, ...(saved && { caps: capsOf(saved.config) }) });
      }
      return plans;
    },
  });
}
