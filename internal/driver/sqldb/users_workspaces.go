package sqldb

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/users"
)

const workspaceColumns = `w.id, w.name, w.slug, w.version, w.created_by, w.created_at, w.updated_at, w.deleted_at, w.erased_at, w.origin, w.fields`

// workspaceRow scans the workspaceColumns.
func workspaceRow(w *users.Workspace) (dest []any, finish func() error) {
	var created, updated, deleted, erased int64
	var fields []byte
	dest = []any{rawID{&w.ID}, &w.Name, &w.Slug, &w.Version, rawID{&w.CreatedBy}, &created, &updated, &deleted, &erased, &w.Origin, &fields}
	return dest, func() (err error) {
		w.CreatedAt, w.UpdatedAt, w.DeletedAt, w.ErasedAt = clock(created), clock(updated), clock(deleted), clock(erased)
		w.Changed, err = readFields(fields)
		return err
	}
}

func scanWorkspace(row scanner) (w users.Workspace, err error) {
	dest, finish := workspaceRow(&w)
	if err = row.Scan(dest...); err == nil {
		err = finish()
	}
	return w, err
}

func scanMembership(row scanner) (m users.Membership, err error) {
	dest, finish := workspaceRow(&m.Workspace)
	if err = row.Scan(append(dest, &m.Role)...); err == nil {
		err = finish()
	}
	return m, err
}

const memberColumns = `m.workspace, m.person, m.role, p.name, p.email, m.joined_at`

func scanMember(row scanner) (m users.Member, err error) {
	var joined int64
	err = row.Scan(rawID{&m.Workspace}, rawID{&m.User}, &m.Role, &m.Name, &m.Email, &joined)
	m.JoinedAt = clock(joined)
	return m, err
}

func putWorkspace(tx *Tx, w *users.Workspace) error {
	fields, err := writeFields(w.Changed)
	if err != nil {
		return fmt.Errorf("write which fields of a workspace were changed when: %w", err)
	}
	_, err = tx.Exec(`INSERT INTO users_workspaces (id, name, slug, version, created_by, created_at, updated_at, deleted_at, erased_at, origin, fields)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
		ON CONFLICT (id) DO UPDATE SET name = excluded.name, slug = excluded.slug, version = excluded.version,
			updated_at = excluded.updated_at, deleted_at = excluded.deleted_at, erased_at = excluded.erased_at,
			origin = excluded.origin, fields = excluded.fields`,
		w.ID[:], w.Name, w.Slug, w.Version, w.CreatedBy[:], stamp(w.CreatedAt), stamp(w.UpdatedAt), stamp(w.DeletedAt), stamp(w.ErasedAt), w.Origin, fields)
	if IsUnique(err) { // the id can't be it
		return users.ErrSlugTaken
	}
	if err != nil {
		return fmt.Errorf("write a workspace: %w", err)
	}
	return nil
}

func putMember(tx *Tx, m users.Member) error {
	_, err := tx.Exec(`INSERT INTO users_members (workspace, person, role, joined_at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (workspace, person) DO UPDATE SET role = excluded.role`,
		m.Workspace[:], m.User[:], string(m.Role), stamp(m.JoinedAt))
	if err != nil {
		return fmt.Errorf("write a member: %w", err)
	}
	return nil
}

func workspaceByID(tx *Tx, id uuid.UUID) (*users.Workspace, error) {
	return one(tx, scanWorkspace, `SELECT `+workspaceColumns+` FROM users_workspaces w WHERE w.id = $1`, id[:])
}

// Workspace implements users.Workspaces.
func (s *UsersStore) Workspace(ctx context.Context, ws uuid.UUID) (*users.Workspace, error) {
	return read(ctx, s.db, func(tx *Tx) (*users.Workspace, error) { return workspaceByID(tx, ws) })
}

func liveBySlug(tx *Tx, slug string) (*uuid.UUID, error) {
	return one(tx, scanID, `SELECT id FROM users_workspaces WHERE slug = $1 AND deleted_at = 0`, slug)
}

// WorkspaceBySlug implements users.Workspaces.
func (s *UsersStore) WorkspaceBySlug(ctx context.Context, slug string) (uuid.UUID, error) {
	id, err := read(ctx, s.db, func(tx *Tx) (*uuid.UUID, error) { return liveBySlug(tx, slug) })
	if err != nil || id == nil {
		return uuid.Nil, err
	}
	return *id, nil
}

// Member implements users.Workspaces.
func (s *UsersStore) Member(ctx context.Context, ws, user uuid.UUID) (*users.Member, error) {
	return read(ctx, s.db, func(tx *Tx) (*users.Member, error) {
		return one(tx, scanMember, `SELECT `+memberColumns+` FROM users_members m
			JOIN users_people p ON p.id = m.person JOIN users_workspaces w ON w.id = m.workspace
			WHERE m.workspace = $1 AND m.person = $2 AND w.deleted_at = 0`, ws[:], user[:])
	})
}

// Members implements users.Workspaces.
func (s *UsersStore) Members(ctx context.Context, ws, after uuid.UUID, limit int) ([]users.Member, error) {
	return read(ctx, s.db, func(tx *Tx) ([]users.Member, error) {
		return all(tx, scanMember, `SELECT `+memberColumns+` FROM users_members m JOIN users_people p ON p.id = m.person
			WHERE m.workspace = $1 AND m.person > $2 ORDER BY m.person LIMIT $3`, ws[:], after[:], limit)
	})
}

// CountMembers implements users.Workspaces.
func (s *UsersStore) CountMembers(ctx context.Context, ws uuid.UUID) (int, error) {
	return read(ctx, s.db, func(tx *Tx) (int, error) { return usersView{tx: tx, ws: ws}.CountMembers() })
}

// CountOwned implements users.Workspaces.
func (s *UsersStore) CountOwned(ctx context.Context, user uuid.UUID) (int, error) {
	return read(ctx, s.db, func(tx *Tx) (int, error) { return usersView{tx: tx}.OwnedBy(user) })
}

// WorkspacesOf implements users.Workspaces.
func (s *UsersStore) WorkspacesOf(ctx context.Context, user, after uuid.UUID, limit int) ([]users.Membership, error) {
	return read(ctx, s.db, func(tx *Tx) ([]users.Membership, error) {
		return all(tx, scanMembership, `SELECT `+workspaceColumns+`, m.role FROM users_members m
			JOIN users_workspaces w ON w.id = m.workspace
			WHERE m.person = $1 AND m.workspace > $2 AND w.deleted_at = 0 ORDER BY m.workspace LIMIT $3`, user[:], after[:], limit)
	})
}

func (v usersView) Workspace() (*users.Workspace, error) { return workspaceByID(v.tx, v.ws) }

func (v usersView) Person(id uuid.UUID) (*users.Person, error) { return personByID(v.tx, id) }

func (v usersView) SlugTaken(slug string) (bool, error) {
	id, err := liveBySlug(v.tx, slug)
	return id != nil && *id != v.ws, err
}

func (v usersView) OwnedBy(user uuid.UUID) (int, error) {
	return scanCount(v.tx.QueryRow(`SELECT count(*) FROM users_members m JOIN users_workspaces w ON w.id = m.workspace
		WHERE m.person = $1 AND m.role = $2 AND w.deleted_at = 0`, user[:], string(users.Owner)))
}

func (v usersView) Member(user uuid.UUID) (*users.Member, error) {
	return one(v.tx, scanMember, `SELECT `+memberColumns+` FROM users_members m JOIN users_people p ON p.id = m.person
		WHERE m.workspace = $1 AND m.person = $2`, v.ws[:], user[:])
}

func (v usersView) MemberByEmail(email string) (*users.Member, error) {
	return one(v.tx, scanMember, `SELECT `+memberColumns+` FROM users_people p JOIN users_members m ON m.person = p.id
		WHERE p.email = $1 AND m.workspace = $2 LIMIT 1`, email, v.ws[:])
}

func (v usersView) Users() ([]uuid.UUID, error) {
	return all(v.tx, scanID, `SELECT person FROM users_members WHERE workspace = $1 ORDER BY person`, v.ws[:])
}

func (v usersView) CountMembers(roles ...users.Role) (int, error) {
	if len(roles) == 0 {
		return scanCount(v.tx.QueryRow(`SELECT count(*) FROM users_members WHERE workspace = $1`, v.ws[:]))
	}
	sum := 0
	for _, r := range roles {
		n, err := scanCount(v.tx.QueryRow(`SELECT count(*) FROM users_members WHERE workspace = $1 AND role = $2`, v.ws[:], string(r)))
		if err != nil {
			return 0, err
		}
		sum += n
	}
	return sum, nil
}
