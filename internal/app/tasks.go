package app

import (
	"context"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/driver/sqldb"
	"github.com/rung-app/rung/internal/importer"
	"github.com/rung-app/rung/internal/tasks"
	"github.com/rung-app/rung/internal/users"
)

func (a *App) openTasks(ctx context.Context) error {
	db, err := a.databases.get(ctx, a.Config.TasksDBURL, "tasks")
	if err != nil {
		return err
	}
	store := sqldb.NewTasksStore(db)
	a.auditLogs = append(a.auditLogs, store.Audit())
	a.tasks = tasks.New(store, directory{a.users}, a.Now, a.Log)
	attached, err := a.openFiles()
	if err != nil {
		return err
	}
	a.tasks.KeepFiles(tasks.Files{
		Store: attached, MaxFile: a.Config.MaxFile, MaxStorage: a.Config.MaxStorage, Writable: a.databases.writable,
	})
	a.tasks.Limit(tasks.Limits{Projects: a.Config.MaxProjects})
	a.followers.tasks = a.tasks
	a.imports = importer.New(a.tasks, importing{a.users}, a.Now, a.Log)
	a.closers = append(a.closers, a.imports.Close)
	return nil
}

// importing answers what an import asks about people.
type importing struct{ users *users.Service }

// Members gives every member whom the user may see.
func (i importing) Members(ctx context.Context, ws, user uuid.UUID) ([]importer.Member, error) {
	var all []importer.Member
	page := users.Page{Limit: 200}
	for {
		some, more, err := i.users.Members(ctx, user, ws, page)
		if err != nil {
			return nil, err
		}
		for _, m := range some {
			all = append(all, importer.Member{ID: m.User, Name: m.Name, Email: m.Email})
		}
		if !more {
			return all, nil
		}
		page.After = some[len(some)-1].User
	}
}
