import Link, { type LinkProps } from "next/link";
import type { ReactNode } from "react";
import { type ButtonLook, buttonClass } from "./button-class";
import { classNames } from "./class-names";

type ButtonLinkProps<RouteType> = LinkProps<RouteType> & ButtonLook & { className?: string; children: ReactNode };

/** A link that looks like a button. Its address is checked like every link's. */
export function ButtonLink<RouteType>({ variant, size, className, ...rest }: ButtonLinkProps<RouteType>) {
  return <Link {...rest} className={classNames(buttonClass({ variant, size }), className)} />;
}
