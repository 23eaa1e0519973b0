/// <reference types="astro/client" />
declare namespace App {
  interface Locals {
    readonly view: object;
    readonly chrome: import('./server/prepared.ts').PageLocals['chrome'];
    readonly console?: import('./server/prepared.ts').ConsoleLocals | undefined;
  }
}
