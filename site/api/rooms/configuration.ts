/** The configuration as a whole. */
import { configurationVerbs } from '#monitor/actions/configuration-requests.ts';
import { configurationView } from '#monitor/views/configuration.ts';
import { applyShape, configurationShape, planShape } from '../answers/components.ts';
import { type Room, room, view } from '../room.ts';

/** A file of 1 MiB, each character written as an escape at worst, and the picture beside it. */
const CONFIGURATION_BYTES = 8 * 1_024 * 1_024;

export const configurationRoom: Room = room({
  path: '/configuration',
  title: 'Configuration',
  verbs: configurationVerbs,
  entries: {
    plan: { needs: 'components:write', summary: 'What applying a document would change', shape: planShape },
    apply: { needs: 'configuration:write', summary: 'Make a document the configuration in force', shape: applyShape },
  },
  acting: ({ configuration }, { actor }) => configuration?.(actor) ?? null,
  views: {
    // Contracts and their money stand in it.
    '/': view({
      needs: 'configuration:write',
      summary: 'The configuration in force, and the file that says it',
      shape: configurationShape,
      show: configurationView,
    }),
  },
  mostBytes: CONFIGURATION_BYTES,
});
