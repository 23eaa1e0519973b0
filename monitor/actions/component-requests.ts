/** The verbs of components as the socket, the API and the command line name them: a schema for what is asked, and the verb that does it. */
import { z } from 'zod';
import { type Instant, instant } from '#domain/time/instant.ts';
import { addComponent } from './add-component.ts';
import type { ComponentContext } from './component-verb.ts';
import { editComponent } from './edit-component.ts';
import { pauseComponent } from './pause-component.ts';
import { removeComponent } from './remove-component.ts';
import { instantText, optionalText, text, verbsOn } from './request-verb.ts';
import { resumeComponent } from './resume-component.ts';
import { testComponent } from './test-component.ts';

const author = optionalText;
/** As an entry of `components` in the file; the parser judges it. */
const component = z.record(z.string(), z.unknown());
/** When a version was recorded: as documents give it, or in ms as views do. */
const version = z.union([
  instantText,
  z
    .number()
    .int()
    .min(0)
    .max(8_640_000_000_000_000)
    .transform((ms): Instant => instant(ms)),
]);

const added = z.strictObject({ component, author });
const edited = z.strictObject({ slug: text, basedOn: version, component, author });
const removed = z.strictObject({ slug: text, author });
const paused = z.strictObject({ slug: text, reason: text, until: instantText.nullable().default(null), author });
const resumed = z.strictObject({ slug: text, author });
const tested = z.strictObject({ slug: optionalText, component: component.nullable().default(null), author });

const verb = verbsOn<ComponentContext>();

export const componentVerbs = {
  add: verb(added, addComponent, true),
  edit: verb(edited, editComponent),
  remove: verb(removed, removeComponent),
  pause: verb(paused, pauseComponent),
  resume: verb(resumed, resumeComponent),
  test: verb(tested, testComponent),
} as const;
