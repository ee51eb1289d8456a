import type { Metadata, Viewport } from "next";
import { cookies } from "next/headers";
import { findViewer } from "@/lib/accounts/viewer";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Yagura", template: "%s · Yagura" },
  description: "Search many providers at once, watch their health, keep favorites.",
  icons: { icon: "/icon.svg" },
  // An instance is private: nothing in it is for search engines, and no title or number in it is a phone number.
  robots: { index: false, follow: false },
  formatDetection: { telephone: false, address: false, email: false },
};

export const viewport: Viewport = {
  // The surfaces of globals.css, in the spelling that browser chrome understands.
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#fcfbf7" },
    { media: "(prefers-color-scheme: dark)", color: "#071416" },
  ],
  colorScheme: "light dark",
};

export default async function RootLayout({ children }: LayoutProps<"/">) {
  // The account decides; on the pages of visitors, what the last account in this browser chose.
  const theme = (await findViewer())?.theme ?? (await cookies()).get("theme")?.value;
  return (
    <html lang="en" data-theme={theme === "light" || theme === "dark" ? theme : undefined}>
      <body>{children}</body>
    </html>
  );
}
