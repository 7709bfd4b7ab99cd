package app

import (
	"context"
	"time"

	"github.com/rung-app/rung/internal/tasks"
	"github.com/rung-app/rung/internal/worker"
)

// sweepEvery is how often the tasks domain looks for what is too old to be kept.
const sweepEvery = 10 * time.Minute

// straysEvery is how often it looks through all attached files.
const straysEvery = 6 * time.Hour

// indexEvery is how often the index of words takes in what was written meanwhile, if that is little.
const indexEvery = 5 * time.Second

// forgetAfter is how long after an account was deleted nothing can be written in its owner's name any more: a session that
// another process has ended may live for five seconds, and what it began then has that again to come to its end.
const forgetAfter = 10 * time.Second

// openWorker takes on what nobody waits for.
func (a *App) openWorker(context.Context) error {
	history := time.Duration(a.Config.HistoryDays) * 24 * time.Hour
	sweep := worker.Chore{
		Name: "empty the trash and forget history", Every: sweepEvery,
		Do: func(ctx context.Context) (bool, error) { return a.tasks.Sweep(ctx, history) },
	}
	strays := worker.Chore{Name: "remove files that nothing refers to", Every: straysEvery, Do: a.tasks.SweepFiles}
	index := worker.Chore{Name: "index texts", Every: indexEvery, Wake: a.tasks.Unindexed(), Do: a.tasks.Index}
	forgetting := worker.Forgetting{Accounts: a.auth, People: a.users, Work: a.tasks, Now: a.Now, Rest: forgetAfter}
	forget := worker.Chore{
		Name: "forget people whose accounts were deleted", Every: forgetAfter, Wake: a.auth.Departed(), Do: forgetting.Step,
	}
	erasing := worker.Erasing{Workspaces: a.users, Holdings: a.tasks, Now: a.Now, Kept: tasks.TrashKept}
	erase := worker.Chore{Name: "erase workspaces that were deleted", Every: sweepEvery, Do: erasing.Step}
	trim := worker.Chore{
		Name: "forget old audit entries", Every: sweepEvery,
		Do: func(ctx context.Context) (bool, error) {
			return worker.TrimAudit(ctx, a.Now(), time.Duration(a.Config.AuditDays)*24*time.Hour, a.auditLogs...)
		},
	}
	a.background = append(a.background, a.users.Relay, a.auth.Relay,
		func(ctx context.Context) { worker.Run(ctx, a.Log, sweep, strays, index, forget, erase, trim) })
	return nil
}
