/** libfaketime as Debian and Ubuntu install it (package libfaketime): moves the wall clock of one process and leaves the monotonic one alone. */
export const FAKETIME = '/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1';

/** The environment of a process whose offset (`+1d`, `-1h`) is read from `file` at every look at the clock. */
export const faketimeEnvironment = (file: string): Readonly<Record<string, string>> => ({
  LD_PRELOAD: FAKETIME,
  FAKETIME_TIMESTAMP_FILE: file,
  FAKETIME_NO_CACHE: '1',
  DONT_FAKE_MONOTONIC: '1',
});
