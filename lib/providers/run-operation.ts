import { ProviderError } from "./outcome";
import type {
  AdapterContext,
  BinaryResponse,
  DownloadInput,
  FileStream,
  Operation,
  ProviderAdapter,
  SearchInput,
  SearchPage,
  WorkFile,
  WorkRef,
} from "./provider";
import type { WorkRecord } from "./work";

/** What `callProvider` can do. */
export type CallableOperation = Operation | "files";

/** What a call is recorded as: a list of files is one more detail of a work. */
export function toOperation(operation: CallableOperation): Operation {
  return operation === "files" ? "details" : operation;
}

export interface OperationInput {
  check: undefined;
  canary: undefined;
  search: SearchInput;
  details: { externalId: string };
  cover: { url: string };
  files: WorkRef;
  download: DownloadInput;
}

export interface OperationOutput {
  check: undefined;
  canary: undefined;
  search: SearchPage;
  details: WorkRecord;
  cover: BinaryResponse;
  files: WorkFile[];
  download: FileStream;
}

type Runners = {
  [Op in CallableOperation]: (
    adapter: ProviderAdapter,
    context: AdapterContext,
    input: OperationInput[Op],
  ) => Promise<OperationOutput[Op]>;
};

const RUNNERS: Runners = {
  async check(adapter, context) {
    await adapter.check(context);
  },
  async canary(adapter, context) {
    if (!adapter.canary) throw incapable(adapter, "canary");
    await adapter.canary(context);
  },
  async search(adapter, context, input) {
    if (!adapter.search) throw incapable(adapter, "search");
    const page = await adapter.search(context, input);
    if (page.items.length === 0 && page.dropped > 0) throw unreadable(page.dropped);
    return page;
  },
  async details(adapter, context, { externalId }) {
    if (!adapter.details) throw incapable(adapter, "details");
    return adapter.details(context, externalId);
  },
  async cover(adapter, context, { url }) {
    if (!adapter.cover) throw incapable(adapter, "cover");
    return adapter.cover(context, url);
  },
  async files(adapter, context, work) {
    if (!adapter.files) throw incapable(adapter, "files");
    return adapter.files(context, work);
  },
  async download(adapter, context, input) {
    if (!adapter.download) throw incapable(adapter, "download");
    return adapter.download(context, input);
  },
};

/** Calls the adapter's method. Throws what it throws; an operation that the adapter lacks is the caller's mistake. */
export function runOperation<Op extends CallableOperation>(
  operation: Op,
  adapter: ProviderAdapter,
  context: AdapterContext,
  input: OperationInput[Op],
): Promise<OperationOutput[Op]> {
  return RUNNERS[operation](adapter, context, input);
}

function unreadable(count: number): ProviderError {
  return new ProviderError({ class: "contract", message: `None of the ${count} results could be read.` });
}

function incapable(adapter: ProviderAdapter, operation: CallableOperation): Error {
  return new Error(`The adapter ${adapter.id} has no ${operation}.`);
}
