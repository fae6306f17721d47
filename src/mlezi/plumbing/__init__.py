"""What any Django project could use: problems, clock, settings reader, worker, page furniture."""
