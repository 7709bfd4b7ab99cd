package main

type configCmd struct{ settings }

func (c *configCmd) Run(term terminal) error {
	cfg, err := c.load(term.env)
	if err != nil {
		return err
	}
	return cfg.Show(term.out)
}
