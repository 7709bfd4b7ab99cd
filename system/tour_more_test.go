package system

import (
	"bytes"
	"errors"
	"io"
	"strings"

	"github.com/rung-app/rung/client"
)

// files attaches a drawing to a task, reads it back, whole and in part, and throws it away.
func (t *tour) files() {
	ctx := t.Context()
	const plan = "  ____\n _|  |_ pier\n"
	made, err := t.space.CreateAttachment(ctx, "WEB-1", client.AttachmentForm{File: client.File{Name: "plan of the pier.txt", Reader: strings.NewReader(plan)}})
	t.ok(err)
	t.ok(second(t.space.ListAttachments(ctx, "WEB-1", client.Page{})))
	t.ok(second(t.space.GetAttachment(ctx, "WEB-1", made.ID)))
	var m client.Meta
	whole, err := t.space.DownloadAttachment(ctx, "WEB-1", made.ID, client.WithMeta(&m))
	t.read(whole, err, plan)
	part, err := t.space.DownloadAttachment(ctx, "WEB-1", made.ID, client.Range(9, 4), client.IfRange(m.ETag))
	t.read(part, err, plan[9:13])
	if part.Offset != 9 || part.Total != int64(len(plan)) {
		t.Errorf("a part begins at %d of %d", part.Offset, part.Total)
	}
	if _, err = t.space.DownloadAttachment(ctx, "WEB-1", made.ID, client.IfNoneMatch(m.ETag)); !errors.Is(err, client.ErrNotModified) {
		t.Errorf("the same file again: %v", err)
	}
	_, err = t.space.DownloadAttachment(ctx, "WEB-1", made.ID, client.Range(1000, 0))
	if refused, ok := errors.AsType[*client.Error](err); !ok || refused.Code != client.CodeRangeNotSatisfiable {
		t.Errorf("a part behind the end: %v", err)
	}
	t.ok(t.space.DeleteAttachment(ctx, "WEB-1", made.ID))
	t.ok(second(t.space.RestoreAttachment(ctx, "WEB-1", made.ID)))
}

// read takes all of a download, which is to be this.
func (t *tour) read(d *client.Download, err error, want string) {
	t.Helper()
	t.ok(err)
	defer d.Body.Close()
	got, err := io.ReadAll(d.Body)
	t.ok(err)
	if !bytes.Equal(got, []byte(want)) || d.Size != int64(len(want)) {
		t.Errorf("got %q, %d bytes", got, d.Size)
	}
}

// figures finds tasks by their words, and counts them.
func (t *tour) figures() {
	ctx := t.Context()
	found, err := t.space.Search(ctx, "old pier", client.SearchParams{Project: []string{t.web}})
	t.ok(err)
	if len(found.Items) != 1 {
		t.Errorf("%d tasks were found", len(found.Items))
	}
	t.ok(second(t.space.GetStats(ctx, client.GetStatsParams{Project: []string{t.web}, Days: 2, TZ: "Etc/UTC"})))
	open := client.Filter{Field: "completed", Op: "eq", Value: false}
	t.ok(second(t.space.QueryTaskGroups(ctx, "priority", open, client.QueryTaskGroupsParams{Fields: "compact"})))
}

// installation is what its administrators do.
func (t *tour) installation() {
	ctx := t.Context()
	t.ok(second(t.ada.GetAdminHealth(ctx)))
	t.ok(second(t.ada.ListAdminUsers(ctx, client.ListAdminUsersParams{})))
	t.ok(second(t.ada.GetAdminUser(ctx, t.graceID)))
	t.ok(second(t.ada.UpdateAdminUser(ctx, t.graceID, client.AccountPatch{Admin: client.Set(true)})))
	t.ok(second(t.ada.ListAdminAudit(ctx, client.ListAdminAuditParams{Subject: t.graceID, Action: "account.promoted", Limit: 1})))
	harbour := ""
	for w, err := range t.ada.AdminWorkspaces(ctx, client.Page{}) {
		t.ok(err)
		if w.Slug == "harbour" {
			harbour = w.ID
		}
	}
	t.ok(second(t.ada.UpdateAdminWorkspace(ctx, harbour, client.OverviewPatch{Owner: client.Set(t.graceID)})))
	t.ok(t.space.DeleteMember(ctx, t.graceID))
	t.ok(t.ada.DeleteAdminUserSessions(ctx, t.graceID))

	link, err := t.space.CreateInvitation(ctx, client.InviteRequest{Role: "guest"})
	t.ok(err)
	henry, err := t.nobody.Register(ctx, client.RegisterRequest{Name: "Henry", Email: "henry@example.org", Password: "all at sea again", Invitation: link.Token})
	t.ok(err)
	t.ok(t.rec.as(henry.AccessToken).DeleteMe(ctx, client.LeaveRequest{Password: "all at sea again"}))
	t.ok(t.ada.DeleteAdminUser(ctx, t.graceID))
}
