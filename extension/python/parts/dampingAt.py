def damping_at(damping, step, time):
    return damping if isinstance(damping, float) else damping.at(step, time)
