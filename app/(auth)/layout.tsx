import { Logo } from "@/components/shell/logo";
import { Card } from "@/components/ui/card";

/** A card in the middle of an empty page: there is nowhere to go yet. */
export default function AuthLayout({ children }: LayoutProps<"/">) {
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-md flex-col justify-center gap-6 px-4 py-10">
      <div className="flex justify-center">
        <Logo />
      </div>
      <Card>{children}</Card>
    </main>
  );
}
