/** What is watched, and how. */
import { z } from 'zod';
import { componentVerbs } from '#monitor/actions/component-requests.ts';
import type { ComponentContext } from '#monitor/actions/component-verb.ts';
import { componentListView } from '#monitor/views/component-list.ts';
import { componentForm, explainComponent } from '#monitor/views/explain-component.ts';
import { componentFormShape, componentShape, componentsShape, explainedShape, testShape } from '../answers/components.ts';
import { type Room, room, view } from '../room.ts';

/** A check may send 64 Ki characters, each written as an escape at worst. */
const CHECK_BYTES = 512 * 1_024;

export const componentsRoom: Room = room({
  path: '/components',
  title: 'Checks and components',
  verbs: componentVerbs,
  entries: {
    add: { needs: 'components:write', summary: 'Watch something new', shape: componentShape },
    edit: { needs: 'components:write', summary: 'Change how it is watched, where the file does not say it', shape: componentShape },
    remove: { needs: 'components:write', summary: 'Watch it no longer', shape: componentShape },
    pause: { needs: 'components:write', summary: 'Ask nothing of it for a while; its time is unknown', shape: componentShape },
    resume: { needs: 'components:write', summary: 'Ask it again', shape: componentShape },
    test: { needs: 'components:write', summary: 'Probe it once now; nothing is recorded', shape: testShape },
  },
  acting: ({ components }, { actor, permissions }) => {
    const ctx = components?.(actor);
    return ctx ? { ...ctx, insider: permissions.has('components:write') } : null;
  },
  views: {
    '/': view({
      needs: 'status:read',
      summary: 'What is watched, a page at a time',
      shape: componentsShape,
      query: z.strictObject(
        Object.fromEntries(
          ['search', 'group', 'state', 'managed', 'paused', 'after', 'limit'].map((name) => [name, z.string().optional()]),
        ),
      ),
      show: componentListView,
    }),
    '/{slug}': view({
      needs: 'status:read',
      summary: 'Why a component is what it is, and how its definition came to be',
      shape: explainedShape,
      params: z.strictObject({ slug: z.string() }),
      show: (ctx: ComponentContext, { slug = '' }) => explainComponent(ctx, slug),
    }),
    '/{slug}/form': view({
      needs: 'components:write',
      summary: 'A component as it is edited; what may be a secret stands as •, and stays where that stays',
      shape: componentFormShape,
      params: z.strictObject({ slug: z.string() }),
      show: (ctx: ComponentContext, { slug = '' }) => componentForm(ctx, slug),
    }),
  },
  mostBytes: CHECK_BYTES,
});
