"""What mentoring needs: equipment, practice, protected time, load, allowances and cost."""
