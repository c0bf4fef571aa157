interface Seat {
  tokenId: string;
  /** The other side is told that it has been replaced, and does not come back by itself. */
  end(): void;
}

export interface Seats {
  /** One more socket of this person. Returns how to say that it has left. */
  enter(who: { personId: string; tokenId: string }, end: () => void): () => void;
}

/** Of whom the most sockets are, among the seats in their order of coming. */
function fullestDevice(seats: ReadonlySet<Seat>): string {
  const counts = new Map<string, number>();
  for (const { tokenId } of seats) counts.set(tokenId, (counts.get(tokenId) ?? 0) + 1);
  return [...counts].reduce((most, each) => (each[1] > most[1] ? each : most))[0];
}

/**
 * Caps the sockets of one person. The newest always gets in, since it is the page in front of somebody; the oldest of the device
 * that has the most is ended and told why. So nobody who has taken a name can push out that person's own device.
 */
export function createSeats(most: number): Seats {
  const people = new Map<string, Set<Seat>>();

  return {
    enter({ personId, tokenId }, end) {
      // Of nobody there are few, and not for long: who comes in is counted.
      if (personId === '') return () => undefined;
      let seats = people.get(personId);
      if (!seats) people.set(personId, (seats = new Set()));
      const seat: Seat = { tokenId, end };
      seats.add(seat);
      if (seats.size > most) {
        const device = fullestDevice(seats);
        const oldest = [...seats].find((each) => each.tokenId === device)!;
        seats.delete(oldest);
        oldest.end();
      }
      return () => {
        seats.delete(seat);
        if (seats.size === 0 && people.get(personId) === seats) people.delete(personId);
      };
    },
  };
}
