import type { Metadata } from "next";
import { requireViewer } from "@/lib/accounts/viewer";
import { ResultsPage } from "./_components/results-page";
import { StartPage } from "./_components/start-page";
import { parseSearchParams } from "./search-params";

export async function generateMetadata({ searchParams }: PageProps<"/">): Promise<Metadata> {
  const { q } = parseSearchParams(await searchParams);
  return { title: q || "Search" };
}

export default async function SearchPage({ searchParams }: PageProps<"/">) {
  const viewer = await requireViewer();
  const params = parseSearchParams(await searchParams);
  return params.q === "" ? (
    <StartPage viewer={viewer} kind={params.kind} />
  ) : (
    <ResultsPage viewer={viewer} params={params} />
  );
}
