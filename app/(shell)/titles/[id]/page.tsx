import type { Metadata, Route } from "next";
import { notFound, permanentRedirect } from "next/navigation";
import { cache } from "react";
import { requireViewer } from "@/lib/accounts/viewer";
import { getRuntime } from "@/lib/runtime";
import { pickTitle } from "@/lib/search/card";
import { TitleDetails } from "./_components/title-details";

const findStored = cache((id: string) => getRuntime().titles.find(id));

export async function generateMetadata({ params }: PageProps<"/titles/[id]">): Promise<Metadata> {
  const viewer = await requireViewer();
  const stored = await findStored((await params).id);
  const records = stored?.sources.map(({ record }) => record) ?? [];
  return { title: pickTitle(records, viewer.titleLanguage) || "Title" };
}

export default async function TitlePage({ params, searchParams }: PageProps<"/titles/[id]">) {
  const viewer = await requireViewer();
  const { id } = await params;
  const stored = await findStored(id);
  if (!stored) notFound();
  if (stored.id !== id) permanentRedirect(`/titles/${stored.id}` as Route);
  // Not streamed in behind a skeleton: a boundary opens by script alone, and the status must be right.
  return <TitleDetails titleId={id} viewer={viewer} said={(await searchParams)["said"]} />;
}
