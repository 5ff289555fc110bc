# The first screen: the draft desk and the path of thirteen steps.

home-title = The path
home-lead = Three methods, thirteen steps: admit, apologize, prove. They go slowly, and in this order. The person who was hurt sets the pace.
home-desk-title = Look at a draft
home-desk-text = Paste or write what you want to say. Amends shows at most three places that may hurt more, says why, and asks a question. The words stay yours.
home-desk-button = Open the draft desk
home-safety-title = Above all steps
home-safety-rule = Nobody has to stay where there is violence or threat. This holds for both of you. Hurt anger is not abuse, and abuse is not hurt anger.
home-safety-link = How to tell them apart, and where to call
home-steps-label = Steps of method { $number }
home-tools-note = Each step tells what it asks and why. Private tools for each step will open here later. Until then the draft desk is the tool you can use.
home-stage = Opens in stage { $number }: { $title }
