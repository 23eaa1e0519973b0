/** Doctor for the socket: one JSON document per line, progress as it comes, the report last. A fault of ours ends the stream with an error. */
import { doctorReport } from './doctor.ts';
import type { DoctorContext, DoctorLine } from './doctor-types.ts';

/** The body of the answer to `POST /doctor`, media type application/x-ndjson. */
export const doctorStream = (ctx: DoctorContext): ReadableStream<Uint8Array> => {
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>({
    start(controller) {
      let wanted = true;
      const send = (line: DoctorLine): void => {
        try {
          if (wanted) controller.enqueue(encoder.encode(`${JSON.stringify(line)}\n`));
        } catch {
          // The reader went away; the examination finishes unheard.
          wanted = false;
        }
      };
      doctorReport(ctx, (progress) => send({ type: 'progress', progress })).then(
        (report) => {
          send({ type: 'report', report });
          if (wanted) controller.close();
        },
        (cause: unknown) => {
          if (wanted) controller.error(cause);
        },
      );
    },
  });
};
