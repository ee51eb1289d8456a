import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Table, Td, Th } from "@/components/ui/table";
import type { User } from "@/lib/db/users";
import { formatRelative } from "@/lib/format";
import { changeAccountAction, setPasswordAction } from "../actions";

export function AccountTable({ users, now }: { users: readonly User[]; now: number }) {
  return (
    <Table caption="Accounts">
      <thead>
        <tr>
          <Th>Account</Th>
          <Th>Role</Th>
          <Th>Last active</Th>
          <Th>Change</Th>
          <Th>New password</Th>
        </tr>
      </thead>
      <tbody>
        {users.map((user) => (
          <AccountRow key={user.id} user={user} now={now} />
        ))}
      </tbody>
    </Table>
  );
}

function AccountRow({ user, now }: { user: User; now: number }) {
  return (
    <tr>
      <Th scope="row" className="py-2">
        <span className="text-ink-1 text-sm">{user.name}</span>
        <span className="block font-normal text-ink-3 text-xs">{user.email}</span>
      </Th>
      <Td>
        {user.disabledAt ? (
          <Badge tone="attention">disabled</Badge>
        ) : (
          <Badge tone={user.role === "admin" ? "accent" : "plain"}>{user.role}</Badge>
        )}
      </Td>
      <Td className="whitespace-nowrap">
        {user.lastActiveAt ? formatRelative(user.lastActiveAt.getTime(), now) : "never"}
      </Td>
      <Td>
        <form action={changeAccountAction} className="flex gap-2">
          <input type="hidden" name="id" value={user.id} />
          <Button
            type="submit"
            size="sm"
            name="change"
            value={user.role === "admin" ? "make-user" : "make-admin"}
            aria-label={user.role === "admin" ? `Make ${user.email} a user` : `Make ${user.email} an admin`}
          >
            {user.role === "admin" ? "Make a user" : "Make an admin"}
          </Button>
          <Button
            type="submit"
            size="sm"
            variant={user.disabledAt ? "secondary" : "danger"}
            name="change"
            value={user.disabledAt ? "enable" : "disable"}
            aria-label={`${user.disabledAt ? "Enable" : "Disable"} ${user.email}`}
          >
            {user.disabledAt ? "Enable" : "Disable"}
          </Button>
        </form>
      </Td>
      <Td>
        <form action={setPasswordAction} className="flex items-center gap-2">
          <input type="hidden" name="id" value={user.id} />
          <Input
            name="password"
            type="password"
            autoComplete="new-password"
            aria-label={`New password of ${user.email}`}
            className="min-w-32"
            required
          />
          <Button type="submit" size="sm" aria-label={`Set the password of ${user.email}`}>
            Set
          </Button>
        </form>
      </Td>
    </tr>
  );
}
