package tasks

// PurgeAtOnce sets how many tasks of a project are removed in one entry.
func (s *Service) PurgeAtOnce(n int) { s.purgeAtOnce = n }
