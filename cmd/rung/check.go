package main

import (
	"context"

	"github.com/rung-app/rung/internal/app"
)

type checkCmd struct{ settings }

func (c *checkCmd) Run(ctx context.Context, term terminal) error {
	cfg, err := c.load(term.env)
	if err != nil {
		return err
	}
	return app.Check(ctx, cfg, version, term.out)
}
