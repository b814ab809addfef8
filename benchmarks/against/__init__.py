"""What vedette is measured against: the same, said in other programs' words."""
