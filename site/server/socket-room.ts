/**
 * Room for connections: at most `most`. When all places are taken, a connection that has no request in flight and has
 * waited longest gives its place up, so that silent connections cannot keep others out (slow loris).
 */
interface Connection {
  destroy(): unknown;
  once(event: 'close', listener: () => void): unknown;
}

export interface SocketRoom<T extends Connection> {
  enter(socket: T): void;
  /** A complete request is being answered. */
  busy(socket: T): void;
  /** Answered; waiting for the next. */
  idle(socket: T): void;
  readonly size: number;
}

export const socketRoom = <T extends Connection>(most: number): SocketRoom<T> => {
  const all = new Set<T>();
  /** In the order in which they began to wait. */
  const waiting = new Set<T>();
  return {
    enter(socket) {
      if (all.size >= most) {
        const longest = waiting.values().next().value;
        if (longest === undefined) {
          socket.destroy();
          return;
        }
        all.delete(longest);
        waiting.delete(longest);
        longest.destroy();
      }
      all.add(socket);
      waiting.add(socket);
      socket.once('close', () => {
        all.delete(socket);
        waiting.delete(socket);
      });
    },
    busy: (socket) => void waiting.delete(socket),
    idle(socket) {
      if (!all.has(socket)) return;
      waiting.delete(socket);
      waiting.add(socket);
    },
    get size() {
      return all.size;
    },
  };
};
