import type { SetTimer } from "@/lib/health/timers";

/** How long the others have to say that one of them leads already. */
const CLAIM_MS = 150;
const ALIVE_EVERY_MS = 2000;
/** A leader that was not heard for so long has gone without a word. */
const SILENCE_MS = 5000;

/** What tabs say to each other. `word` is theirs alone: it goes from the leader to all that follow. */
export type TabMessage<Word> =
  | { type: "hello" | "claim" | "alive" | "bye"; from: string }
  | { type: "word"; from: string; word: Word };

export interface TabsOptions<Word> {
  /** Different in each tab; among several that would lead the smallest one does. */
  id: string;
  send: (message: TabMessage<Word>) => void;
  /** This tab is to do the work for all, or no longer. */
  onLead: (leads: boolean) => void;
  /** A tab has come that knows nothing yet: the leader says what it knows. */
  onHello: () => void;
  onWord: (word: Word) => void;
  setTimer: SetTimer;
}

export interface Tabs<Word> {
  receive(message: TabMessage<Word>): void;
  /** To all that follow; ignored unless this tab leads. */
  tell(word: Word): void;
  /** Hands over to another tab, when there is one. */
  leave(): void;
}

/**
 * One of several tabs leads. It says so every two seconds and when asked; when it leaves, or falls silent, another one takes over.
 * Made of messages alone, since locks exist on secure origins only and an instance at home is often plain http. Two that lead at once
 * (messages crossed, a tab slept) find out with the next word: the one with the larger id steps back.
 */
export function joinTabs<Word>({ id, send, onLead, onHello, onWord, setTimer }: TabsOptions<Word>): Tabs<Word> {
  let role: "asking" | "follows" | "leads" | "left" = "asking";
  let cancel = () => {};

  function ask(type: "hello" | "claim"): void {
    role = "asking";
    send({ type, from: id });
    wait(CLAIM_MS, lead);
  }

  function lead(): void {
    role = "leads";
    onLead(true);
    beat();
  }

  function beat(): void {
    send({ type: "alive", from: id });
    wait(ALIVE_EVERY_MS, beat);
  }

  function follow(): void {
    if (role === "leads") onLead(false);
    role = "follows";
    wait(SILENCE_MS, () => ask("claim"));
  }

  function wait(ms: number, run: () => void): void {
    cancel();
    cancel = setTimer(run, ms);
  }

  ask("hello");
  return {
    receive(message) {
      if (role === "left" || message.from === id) return;
      switch (message.type) {
        case "hello":
        case "claim":
          if (role === "leads") {
            send({ type: "alive", from: id });
            if (message.type === "hello") onHello();
          } else if (role === "asking") {
            if (message.from < id) follow();
            else send({ type: "claim", from: id });
          }
          return;
        case "bye":
          if (role === "follows") ask("claim");
          return;
        case "alive":
        case "word":
          if (role === "leads" && message.from > id) {
            send({ type: "alive", from: id });
            return;
          }
          follow();
          if (message.type === "word") onWord(message.word);
          return;
      }
    },
    tell(word) {
      if (role === "leads") send({ type: "word", from: id, word });
    },
    leave() {
      if (role === "left") return;
      const before = role;
      role = "left";
      cancel();
      if (before === "leads") onLead(false);
      if (before !== "follows") send({ type: "bye", from: id });
    },
  };
}
